// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.devstate.testbed.Await;

/** A page in the browser. */
public final class Page implements AutoCloseable {

    private static final Map<String, Integer> KEY_CODES = Map.of(
            "Enter",
            13,
            "Tab",
            9,
            "Escape",
            27,
            "ArrowLeft",
            37,
            "ArrowUp",
            38,
            "ArrowRight",
            39,
            "ArrowDown",
            40,
            "Home",
            36,
            "End",
            35);

    /** The widest page that is shown as a telephone shows it, in pixels. */
    private static final int PHONE = 500;

    private static final int MOST_TABS = 30;

    private final DevTools tools;

    Page(DevTools tools) {
        this.tools = tools;
        for (String domain : List.of("Page", "Runtime", "Log")) {
            tools.run(domain + ".enable", new JsonObject());
        }
        tools.run("Emulation.setLocaleOverride", parameters("locale", "en-GB"));
    }

    /** Goes to an address. */
    public void go(String address) {
        tools.run("Page.navigate", parameters("url", address));
    }

    /** Gives the page that size in pixels; a narrow one is a telephone. */
    public void resize(int width, int height) {
        JsonObject parameters =
                parameters("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < PHONE);
        tools.run("Emulation.setDeviceMetricsOverride", parameters);
    }

    /** Has the page see a system with those media features, such as {@code prefers-color-scheme} and {@code light}. */
    public void setMedia(String feature, String value) {
        JsonArray features = new JsonArray();
        features.add(parameters("name", feature, "value", value));
        JsonObject parameters = new JsonObject();
        parameters.add("features", features);
        tools.run("Emulation.setEmulatedMedia", parameters);
    }

    /**
     * The value of an expression in JavaScript; of a promise, what it comes to.
     *
     * @throws IllegalStateException if it throws
     */
    public JsonElement evaluate(String expression) {
        JsonObject answer = tools.run(
                "Runtime.evaluate",
                parameters("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        JsonElement value = answer.getAsJsonObject("result").get("value");
        return value == null ? JsonNull.INSTANCE : value;
    }

    /** The text of the first element that a CSS selector finds; empty if there is none. */
    public String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ")?.textContent ?? ''")
                .getAsString();
    }

    /** How many elements a CSS selector finds. */
    public int count(String selector) {
        return evaluate("document.querySelectorAll(" + quoted(selector) + ").length")
                .getAsInt();
    }

    /** Waits until an expression is true; returns how long that took. */
    public Duration await(String what, Duration limit, String expression) {
        return Await.until(what, limit, () -> {
            JsonElement value = evaluate(expression);
            return value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean() && value.getAsBoolean();
        });
    }

    /** Clicks the first element that a CSS selector finds. */
    public void click(String selector) {
        evaluate("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Presses a key: its name, such as {@code Enter}, or one character. */
    public void press(String key) {
        int code = KEY_CODES.getOrDefault(
                key, (int) key.toUpperCase(java.util.Locale.ROOT).charAt(0));
        JsonObject down = parameters("type", "keyDown", "key", key, "windowsVirtualKeyCode", code);
        if (key.length() == 1) {
            down.addProperty("text", key);
        } else if (key.equals("Enter")) {
            down.addProperty("text", "\r");
        }
        tools.run("Input.dispatchKeyEvent", down);
        tools.run("Input.dispatchKeyEvent", parameters("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
    }

    /** Presses the Tab key until the element that a CSS selector finds has the focus. */
    public void tabTo(String selector) {
        for (int presses = 0; presses < MOST_TABS; presses++) {
            if (evaluate("document.activeElement.matches(" + quoted(selector) + ")")
                    .getAsBoolean()) {
                return;
            }
            press("Tab");
        }
        throw new AssertionError("the Tab key does not lead to " + selector);
    }

    /** Presses the keys of a text. */
    public void type(String text) {
        text.chars().forEach(c -> press(String.valueOf((char) c)));
    }

    /**
     * A picture of what is to be seen, as a PNG file.
     *
     * @param scale 1 for the size of the page, less for a smaller picture
     */
    public byte[] screenshot(double scale) {
        JsonObject view = evaluate("({ x: 0, y: 0, width: innerWidth, height: innerHeight })")
                .getAsJsonObject();
        view.addProperty("scale", scale);
        JsonObject parameters = parameters("format", "png");
        parameters.add("clip", view);
        JsonObject answer = tools.run("Page.captureScreenshot", parameters);
        return Base64.getDecoder().decode(answer.get("data").getAsString());
    }

    /** Errors of scripts, and what the security policy of the page has kept from happening. */
    public List<String> complaints() {
        return tools.complaints();
    }

    /** A text as a literal of JavaScript. */
    public static String quoted(String text) {
        return new JsonPrimitive(text).toString();
    }

    private static JsonObject parameters(Object... namesAndValues) {
        JsonObject parameters = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = (String) namesAndValues[i];
            Object value = namesAndValues[i + 1];
            if (value instanceof Number number) {
                parameters.addProperty(name, number);
            } else if (value instanceof Boolean flag) {
                parameters.addProperty(name, flag);
            } else {
                parameters.addProperty(name, (String) value);
            }
        }
        return parameters;
    }

    @Override
    public void close() {
        tools.run("Page.close", new JsonObject());
        tools.close();
    }
}
