// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tigase.component.AbstractKernelBasedComponent;
import tigase.server.XMPPServer;

/**
 * Finds the components of this Tigase, besides the one that {@link CommandGuard} guards, whose ad-hoc commands Tigase runs for any account.
 * Stateless.
 */
public final class OpenComponents {

    /** The name of the bean of Tigase's configuration command, in the components that have it. */
    private static final String CONFIGURATOR = "BeanConfiguratorAdHocCommand";

    private static final System.Logger LOG = System.getLogger(OpenComponents.class.getName());

    private OpenComponents() {}

    /**
     * Warns the administrator of such components, in one line. To be called once the server has started.
     *
     * @param guarded the name of the component that is guarded
     */
    public static void warn(String guarded) {
        String warning = CommandProbe.runsCommandsOfAnybody() ? warning(others(guarded)) : null;
        if (warning != null) {
            LOG.log(Level.WARNING, warning);
        }
    }

    private static List<String> others(String guarded) {
        return XMPPServer.getComponents(AbstractKernelBasedComponent.class)
                .filter(component -> component.getKernel().isBeanClassRegistered(CONFIGURATOR))
                .map(AbstractKernelBasedComponent::getName)
                .filter(name -> !name.equals(guarded))
                .sorted()
                .toList();
    }

    static @Nullable String warning(List<String> open) {
        if (open.isEmpty()) {
            return null;
        }
        String lines = open.stream().map(OpenComponents::deactivation).collect(Collectors.joining(", "));
        return "Any account can change the settings of these components of Tigase by the ad-hoc command bean-configurator, the"
                + " administrators among them: " + String.join(", ", open)
                + ". This release of Tigase does not check who runs it; the plugin checks it for its own component only."
                + " In etc/config.tdsl, outside of all beans, deactivate each that you do not need: " + lines
                + "; and update Tigase as soon as a release checks it";
    }

    private static String deactivation(String name) {
        return (name.matches("[A-Za-z]+") ? name : "'" + name + "'") + " (active: false) {}";
    }
}
