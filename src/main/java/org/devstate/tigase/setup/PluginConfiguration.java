package org.devstate.tigase.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.devstate.tigase.DeviceStatePubSub;
import org.jspecify.annotations.Nullable;
import tigase.kernel.beans.config.AbstractBeanConfigurator.BeanDefinition;
import tigase.kernel.beans.config.ConfigField;

/**
 * The plugin's part of Tigase's configuration, as Tigase's own reader gives it: put in, or taken out. What is there already stays,
 * where the plugin works with it. Not thread-safe.
 */
final class PluginConfiguration {

    static final int QUEUE_SIZE = 100_000;
    static final String THROTTLING = "xmpp:400k:0:disc,bin:400m:0:disc";

    private static final String CLASS = DeviceStatePubSub.class.getName();
    private static final String STOCK = "tigase.pubsub.PubSubComponent";
    private static final String GATE = "asterisk-gate";
    private static final String QUEUE_KEY = "max-queue-size";
    private static final String THROTTLING_KEY = "trafficThrottling";

    private final Map<String, Object> config;

    /** @param config is changed */
    PluginConfiguration(Map<String, Object> config) {
        this.config = config;
    }

    /**
     * Puts it in. A second time, nothing changes.
     *
     * @param accounts globs of accounts that are let in; none leaves that as it is
     * @return what an administrator should know of what was left as it is
     * @throws IllegalStateException where it does not fit in; nothing was changed then
     */
    List<String> add(List<String> accounts) {
        List<String> remarks = new ArrayList<>();
        BeanDefinition pubsub = bean(config, "pubsub");
        String before = pubsub.getClazzName();
        if (before != null && !before.equals(STOCK) && !before.equals(CLASS)) {
            throw new IllegalStateException("the bean pubsub is of the class " + before + ", and can't be of " + CLASS
                    + " as well; take that out first");
        }
        pubsub.setClazzName(CLASS);
        pubsub.setActive(true);
        if (!accounts.isEmpty()) {
            set(pubsub, "asterisk-accounts", accounts);
        }
        BeanDefinition c2s = bean(config, "c2s");
        bean(settings(c2s), GATE).setActive(true);
        keepOrSet(settings(c2s), THROTTLING_KEY, THROTTLING, "c2s", remarks);
        keepOrSet(config, QUEUE_KEY, QUEUE_SIZE, "the root", remarks);
        return remarks;
    }

    /** Takes out what {@link #add} puts in, and what the plugin's own settings are. */
    void remove() {
        if (config.get("pubsub") instanceof BeanDefinition pubsub && CLASS.equals(pubsub.getClazzName())) {
            pubsub.setClazzName(null);
            settings(pubsub).keySet().removeAll(ownSettings());
        }
        if (config.get("c2s") instanceof BeanDefinition c2s) {
            settings(c2s).remove(GATE);
            settings(c2s).remove(THROTTLING_KEY, THROTTLING);
        }
        if (String.valueOf(QUEUE_SIZE).equals(String.valueOf(config.get(QUEUE_KEY)))) {
            config.remove(QUEUE_KEY);
        }
    }

    private static List<String> ownSettings() {
        return Arrays.stream(DeviceStatePubSub.class.getDeclaredFields())
                .map(field -> field.getAnnotation(ConfigField.class))
                .filter(Objects::nonNull)
                .map(ConfigField::alias)
                .toList();
    }

    private static void keepOrSet(
            Map<String, Object> where, String key, Object value, String place, List<String> remarks) {
        @Nullable Object there = where.putIfAbsent(key, value);
        if (there != null && !there.toString().equals(value.toString())) {
            remarks.add("'" + key + "' of " + place + " was left at '" + there + "'; the plugin asks for '" + value
                    + "' or more (etc/config.tdsl of this distribution says why)");
        }
    }

    private static BeanDefinition bean(Map<String, Object> parent, String name) {
        if (parent.get(name) instanceof BeanDefinition known) {
            return known;
        }
        BeanDefinition made = new BeanDefinition();
        made.setBeanName(name);
        if (parent.get(name) instanceof Map<?, ?> settings) {
            settings.forEach((key, value) -> set(made, String.valueOf(key), value));
        }
        parent.put(name, made);
        return made;
    }

    private static void set(BeanDefinition bean, String key, Object value) {
        settings(bean).put(key, value);
    }

    /** Tigase's bean definitions are maps of any kind; in its configuration the keys are texts. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> settings(BeanDefinition bean) {
        return bean;
    }
}
