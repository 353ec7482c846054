/*
Does for tests what an administrator's script can do inside a running Tigase.

AS:Description: Inside
AS:CommandId: inside
AS:Component: message-router
AS:Group: Tests
*/

package tigase.admin

import tigase.db.AuthRepository
import tigase.eventbus.EventBusFactory
import tigase.kernel.core.Kernel
import tigase.server.Command
import tigase.server.Iq
import tigase.server.Packet
import tigase.server.XMPPServer
import tigase.vhosts.VHostManager
import tigase.xml.DomBuilderHandler
import tigase.xml.SingletonFactory
import tigase.xmpp.jid.BareJID

Iq iq = (Iq) packet
Kernel root = (Kernel) kernel
while (root.getParent() != null) {
    root = root.getParent()
}
def task = Command.getFieldValue(iq, "task")
def about = Command.getFieldValue(iq, "about")
def said = "done"
try {
    switch (task) {
        case "activate":
            root.setBeanActive(about, true)
            break
        case "deactivate":
            root.setBeanActive(about, false)
            break
        case "add-host":
            def hosts = root.getInstance(VHostManager.class).getComponentRepository()
            def host = hosts.getItemInstance()
            host.setKey(about)
            hosts.addItem(host)
            break
        case "remove-host":
            root.getInstance(VHostManager.class).getComponentRepository().removeItem(about)
            break
        case "add-account":
            def address = BareJID.bareJIDInstance(about)
            root.getInstance(AuthRepository.class).addUser(address, address.getLocalpart())
            break
        case "address":
            said = XMPPServer.getComponent(about).getComponentId().toString()
            break
        case "add-component":
            def components = root.getInstance("ext#KERNEL").getInstance("repository")
            def component = components.getItemInstance()
            component.initFromPropertyString(about)
            components.addItem(component)
            break
        case "send": // as an external component does: what is in its stanza counts
            def parser = new DomBuilderHandler()
            def stanza = about.replace("{", "<").replace("}", ">").toCharArray()
            SingletonFactory.getParserInstance().parse(parser, stanza, 0, stanza.length)
            root.getInstance("message-router").addPacketNB(Packet.packetInstance(parser.getParsedElements().poll()))
            break
        case "listeners":
            def handlers = EventBusFactory.getInstance().getAllHandlers()
            said = handlers.findAll { it.hasProperty("consumerObject") }
                    .collect { it.consumerObject.getClass().getName() }
                    .findAll { it.startsWith(about) }.sort().join(" ")
            break
        default:
            said = "no such task: " + task
    }
} catch (Throwable fault) {
    def trace = new StringWriter()
    fault.printStackTrace(new PrintWriter(trace))
    said = trace.toString()
}
def result = iq.commandResult(Command.DataType.result)
Command.addTextField(result, "said", said)
return result
