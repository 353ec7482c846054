/**
 * The ad-hoc commands. A {@link org.devstate.core.admin.command.Command} is a function over forms and knows nothing of XMPP. Packages
 * group the commands by subject: {@code sites}, {@code servers}, {@code entries}, {@code history} and {@code why}. {@link
 * org.devstate.core.admin.Commands} has them all and checks at each stage whether the sender is an administrator, and {@link
 * org.devstate.core.admin.wire.CommandHandler} carries them over XEP-0050. A new command is a class such as this one, and is offered when
 * it stands in the list of {@link org.devstate.core.admin.AllCommands}:
 *
 * <pre>{@code
 * record CountEntriesCommand(Operations operations) implements Command {
 *     static final Field ID = Field.text("id", "Name", "The name of a device.").mandatory();
 *
 *     public String node() {
 *         return "devstate-count-entries";
 *     }
 *
 *     public String title() {
 *         return "Count the entries of a device";
 *     }
 *
 *     public Step begin() {
 *         return Step.Stage.last(new Form(title(), "Counts the servers that publish a device.", List.of(ID)), this::count);
 *     }
 *
 *     private Step count(SubmittedForm entered) {
 *         String id = entered.text("id");
 *         if (!entered.isRight()) {
 *             return Step.InvalidForm.of(entered);
 *         }
 *         int count = operations.entries().of(NodeType.DEVICE_STATE, id).size();
 *         return new Step.Done(Result.of(title(), List.of(Field.number("count", "Entries", count))));
 *     }
 * }
 * }</pre>
 */
@NullMarked
package org.devstate.core.admin;

import org.jspecify.annotations.NullMarked;
