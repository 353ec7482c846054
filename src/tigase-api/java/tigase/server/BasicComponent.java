// SPDX-License-Identifier: Apache-2.0
package tigase.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import tigase.cluster.api.ClusterControllerIfc;
import tigase.server.script.CommandIfc;
import tigase.vhosts.VHostManagerIfc;
import tigase.xmpp.jid.JID;

public class BasicComponent {

    protected VHostManagerIfc vHostManager;

    public BasicComponent() {
        throw new UnsupportedOperationException();
    }

    public void beanConfigurationChanged(Collection<String> changedFields) {
        throw new UnsupportedOperationException();
    }

    public void setClusterController(ClusterControllerIfc cl_controller) {
        throw new UnsupportedOperationException();
    }

    public List<JID> getNodesConnected() {
        throw new UnsupportedOperationException();
    }

    protected void onNodeConnected(JID jid) {
        throw new UnsupportedOperationException();
    }

    protected void onNodeDisconnected(JID jid) {
        throw new UnsupportedOperationException();
    }

    public boolean isAdmin(JID jid) {
        throw new UnsupportedOperationException();
    }

    public JID getComponentId() {
        throw new UnsupportedOperationException();
    }

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public boolean isLocalDomain(String domain) {
        throw new UnsupportedOperationException();
    }

    public boolean canCallCommand(JID jid, String commandId) {
        throw new UnsupportedOperationException();
    }

    protected Map<String, CommandIfc> getScriptCommands() {
        throw new UnsupportedOperationException();
    }

    public boolean processScriptCommand(Packet pc, Queue<Packet> results) {
        throw new UnsupportedOperationException();
    }
}
