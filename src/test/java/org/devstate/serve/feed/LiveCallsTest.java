// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.OpenerFixture;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.CommandCall;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Login;
import org.devstate.ctl.xmpp.Service;
import org.junit.jupiter.api.Test;

/** One connection for all commands, made when it is needed. */
final class LiveCallsTest {

    private final Failure lost = Failure.unreachable("the connection is lost");

    private final Deque<Object> answers = new ArrayDeque<>();
    private final LiveCalls calls = new LiveCalls(OpenerFixture.of(this::open));
    private int opened;
    private int closed;

    private Service open(Login login) {
        opened++;
        return new Service() {
            @Override
            public Answer ask(CommandCall request) throws Failure {
                Object answer = answers.remove();
                if (answer instanceof Failure failure) {
                    throw failure;
                }
                return new Answer(true, "", (Result) answer);
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    private String call() throws Failure {
        return calls.call("devstate-sites", Conversation.form()).title();
    }

    @Test
    void commandsShareAConnectionUntilItIsClosed() throws Exception {
        answers.addAll(List.of(Result.done("one", ""), Result.done("two", "")));
        assertThat(call()).isEqualTo("one");
        assertThat(call()).isEqualTo("two");
        calls.close();
        assertThat(opened).isEqualTo(1);
        assertThat(closed).isEqualTo(1);
    }

    /** Such as by a restart of the XMPP server, while nothing was asked. */
    @Test
    void aConnectionThatWasLostIsMadeAnewForTheSameCommand() throws Exception {
        answers.addAll(List.of(Result.done("one", ""), lost, Result.done("two", "")));
        call();
        assertThat(call()).isEqualTo("two");
        assertThat(opened).isEqualTo(2);
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void aNewConnectionThatFailsIsAFailure() {
        answers.add(lost);
        assertThatThrownBy(this::call).hasMessage("the connection is lost");
        assertThat(opened).isEqualTo(1);
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void aRejectionLeavesTheConnectionOpen() throws Exception {
        answers.addAll(List.of(Failure.rejected("no"), Result.done("two", "")));
        assertThatThrownBy(this::call).hasMessage("no");
        assertThat(call()).isEqualTo("two");
        assertThat(opened).isEqualTo(1);
    }
}
