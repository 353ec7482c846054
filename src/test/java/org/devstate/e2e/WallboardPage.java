// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.devstate.testbed.browser.Chromium;
import org.devstate.testbed.browser.Page;

/** The wallboard in a browser, as its viewer sees it. */
final class WallboardPage implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of(System.getProperty("devstate.target"), "screenshots");

    private static final Duration LOADED = Duration.ofSeconds(10);

    /** Finds the tile of a device or mailbox; of several sites', the first. */
    private static final String TILE =
            "[...document.querySelectorAll('.tile')].find(tile =>" + " tile.querySelector('.name').textContent === %s)";

    private final Page page;

    private WallboardPage(Page page) {
        this.page = page;
    }

    /** Opens it, and waits until it is live. */
    static WallboardPage open(Chromium browser, String address, int width, int height) {
        WallboardPage board = new WallboardPage(browser.open(address, width, height));
        board.awaitLive(LOADED);
        return board;
    }

    /** The same as another person's browser. */
    static WallboardPage openApart(Chromium browser, String address) {
        WallboardPage board = new WallboardPage(browser.openApart(address, 1280, 800));
        board.awaitLive(LOADED);
        return board;
    }

    Page page() {
        return page;
    }

    void awaitLive(Duration limit) {
        try {
            page.await("the wallboard is live", limit, "document.querySelector('#status')?.dataset.link === 'live'");
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it shows: " + page.text("#banner"), e);
        }
    }

    /** Waits until the tile of that name has that state and shows those words. */
    Duration awaitTile(String name, String state, String words, Duration limit) {
        String tile = TILE.formatted(Page.quoted(name));
        return page.await(
                name + " is shown as " + state,
                limit,
                "(() => { const tile = %s; return tile?.dataset.look === %s && tile.querySelector('.word').textContent === %s; })()"
                        .formatted(tile, Page.quoted(state), Page.quoted(words)));
    }

    /** The state that the tile of that name shows. */
    String tile(String name) {
        return page.evaluate(TILE.formatted(Page.quoted(name)) + "?.dataset.look ?? 'none'")
                .getAsString();
    }

    /** Clicks the tile of that name. */
    void openTile(String name) {
        page.evaluate(TILE.formatted(Page.quoted(name)) + ".click()");
    }

    /** Has the page's own modules make a tile for an entry of that name; the text on it. */
    String tileMadeFor(String name) {
        return page.evaluate(
                        """
                        (async () => {
                          const [{ Model }, { Grid }] = await Promise.all([import('/model.js'), import('/grid.js')]);
                          const [view, canvas] = [document.createElement('section'), document.createElement('div')];
                          view.style.height = '200px';
                          view.append(canvas);
                          document.getElementById('tiles').append(view);
                          const model = new Model();
                          model.reset([{ node: 'device_state', id: %1$s, eid: %1$s, site: %1$s, account: %1$s, value: 'INUSE',
                            changed: new Date().toISOString() }]);
                          model.setFilter({ find: '', kind: '', site: '', states: new Set() });
                          new Grid(view, canvas, model, () => {}).render();
                          return canvas.querySelector('.name').textContent;
                        })()
                        """
                                .formatted(Page.quoted(name)))
                .getAsString();
    }

    /** Waits until there is no tile of that name. */
    void awaitNoTile(String name, Duration limit) {
        page.await("no tile " + name, limit, "!(" + TILE.formatted(Page.quoted(name)) + ")");
    }

    /** Waits until what a CSS selector finds contains a text. */
    Duration awaitText(String selector, String text, Duration limit) {
        String elements = "[...document.querySelectorAll(%s)]".formatted(Page.quoted(selector));
        try {
            return page.await(
                    "'" + text + "' in " + selector,
                    limit,
                    elements
                            + ".some(each => !each.hidden && each.textContent.includes(%s))"
                                    .formatted(Page.quoted(text)));
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "; there is " + page.evaluate(elements + ".map(each => each.textContent)"), e);
        }
    }

    /** The names on the tiles, in their order. */
    List<String> names() {
        JsonElement names =
                page.evaluate("[...document.querySelectorAll('.item')].sort((a, b) => a.ariaPosInSet - b.ariaPosInSet)"
                        + ".map(item => item.querySelector('.name').textContent)");
        return StreamSupport.stream(names.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }

    /** The names of which a part has no room on their tiles. */
    List<String> cutNames() {
        JsonElement names = page.evaluate(
                """
                [...document.querySelectorAll('.tile')]
                  .filter(tile => [tile, tile.querySelector('.name')]
                    .some(box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1))
                  .map(tile => tile.querySelector('.name').textContent)
                """);
        return StreamSupport.stream(names.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }

    /** The size of the text of the first such element, in pixels. */
    double fontSize(String selector) {
        return page.evaluate(
                        "parseFloat(getComputedStyle(document.querySelector(" + Page.quoted(selector) + ")).fontSize)")
                .getAsDouble();
    }

    /** Texts whose contrast with what is behind them is less than 4.5 to 1 (WCAG 2.2, 1.4.3). */
    JsonArray faintTexts() {
        return page.evaluate(
                        """
                        (() => {
                          const parse = color => (color.match(/[\\d.]+/g) ?? []).map(Number);
                          const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
                            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
                          const ground = element => {
                            for (let at = element; at; at = at.parentElement) {
                              const color = parse(getComputedStyle(at).backgroundColor);
                              if (color.length === 3 || color[3] > 0) return color;
                            }
                            return [255, 255, 255];
                          };
                          const faint = [];
                          for (const element of document.querySelectorAll('body *')) {
                            const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
                            if (!hasText || !element.checkVisibility() || element.closest('noscript, option, .unseen, .skip')) continue;
                            const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
                            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                            if (contrast < 4.5) {
                              faint.push(`${element.className || element.id || element.tagName} '${element.textContent.slice(0, 30)}' ${contrast}`);
                            }
                          }
                          return faint;
                        })()
                        """)
                .getAsJsonArray();
    }

    /** How smooth it is for some seconds: times of frames and long tasks in milliseconds, while the view scrolls. */
    JsonObject framesWhileScrolling(int seconds) {
        return page.evaluate(
                        """
                        new Promise(done => {
                          const frames = [];
                          const longTasks = [];
                          new PerformanceObserver(list => list.getEntries().forEach(task => longTasks.push(task.duration)))
                            .observe({ type: 'longtask' });
                          const view = document.getElementById('tiles');
                          const start = performance.now();
                          let last = start;
                          const frame = () => {
                            const now = performance.now();
                            frames.push(now - last);
                            last = now;
                            view.scrollTop = (view.scrollTop + 30) %% (view.scrollHeight - view.clientHeight);
                            if (now - start < %d) {
                              requestAnimationFrame(frame);
                            } else {
                              frames.sort((a, b) => a - b);
                              const at = part => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))];
                              done({ frames: frames.length, median: at(0.5), p99: at(0.99), worst: at(1),
                                longTasks: longTasks.length, longest: Math.max(0, ...longTasks),
                                tiles: document.querySelectorAll('.tile').length });
                            }
                          };
                          requestAnimationFrame(frame);
                        })
                        """
                                .formatted(seconds * 1000))
                .getAsJsonObject();
    }

    /** Scrolls through all tiles; the state of each by its name. */
    Map<String, String> allTiles() {
        JsonObject states = page.evaluate(
                        """
                        (async () => {
                          const states = {};
                          const view = document.getElementById('tiles');
                          for (let top = 0; top < view.scrollHeight; top += view.clientHeight) {
                            view.scrollTop = top;
                            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                            for (const tile of document.querySelectorAll('.tile')) {
                              states[tile.querySelector('.name').textContent] = tile.dataset.look;
                            }
                          }
                          view.scrollTop = 0;
                          return states;
                        })()
                        """)
                .getAsJsonObject();
        Map<String, String> byName = new TreeMap<>();
        states.entrySet()
                .forEach(each -> byName.put(each.getKey(), each.getValue().getAsString()));
        return byName;
    }

    /** Scripts ran without errors, and nothing broke the security policy of the page. */
    void assertNoComplaints() {
        assertThat(page.complaints()).as("errors in the browser").isEmpty();
    }

    /** Writes a picture of it. */
    void save(String name) {
        Chromium.save(page.screenshot(1), SCREENSHOTS.resolve(name + ".png"));
    }

    /** Writes a picture for the documentation, which {@code scripts/copy-screenshots} takes. */
    void saveSmall(String name, double scale) {
        Chromium.save(page.screenshot(scale), SCREENSHOTS.resolve("small").resolve(name + ".png"));
    }

    @Override
    public void close() {
        page.close();
    }
}
