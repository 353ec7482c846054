// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StanzaBytesTest {

    private static final String MESSAGE =
            "<message id='77' from='s'><event xmlns=\"e\"><items node='device_state'><item publisher='x' id=\"PJSIP/421\">"
                    + "<state eid='00:11' xmlns='http://asterisk.org'>RINGINUSE</state></item></items></event></message>";

    @Test
    void theDeviceIsTheNumberAtTheEndOfTheItemsId() {
        assertThat(over(MESSAGE).itemNumber()).isEqualTo(421);
        assertThat(over(MESSAGE.replace("PJSIP/421", "PJSIP/x")).itemNumber()).isEqualTo(-1);
        assertThat(over("<message id='1'/>").itemNumber()).isEqualTo(-1);
    }

    @Test
    void aStateIsRecognizedByItsWholeName() {
        assertThat(stateOf(MESSAGE)).isEqualTo("RINGINUSE");
        assertThat(stateOf(MESSAGE.replace("RINGINUSE", "RINGING"))).isEqualTo("RINGING");
        assertThat(stateOf(MESSAGE.replace("RINGINUSE", "INUSE"))).isEqualTo("INUSE");
        assertThat(over(MESSAGE.replace("RINGINUSE", "RING")).word(Wire.WORDS)).isEqualTo(-1);
        assertThat(over(MESSAGE.replace("RINGINUSE", "INUSED")).word(Wire.WORDS))
                .isEqualTo(-1);
        assertThat(over("<message/>").word(Wire.WORDS)).isEqualTo(-1);
    }

    @Test
    void anAnswerIsRecognizedByItsIdAndType() {
        StanzaBytes result = over("<iq to='a' id='n12' type='result'><x id='n13' type='error'/></iq>");
        assertThat(result.is("iq")).isTrue();
        assertThat(result.idNumber()).isEqualTo(12);
        assertThat(result.isError()).isFalse();
        assertThat(over("<iq type=\"error\" id=\"n1000000000000\"/>").isError()).isTrue();
        assertThat(over("<iq type=\"error\" id=\"n1000000000000\"/>").idNumber())
                .isEqualTo(1_000_000_000_000L);
        assertThat(over("<iq type='result'/>").idNumber()).isEqualTo(-1);
    }

    @Test
    void aRequestOfTheServerIsNoAnswer() {
        assertThat(over("<iq type='get' id='n12'><ping/></iq>").isAnswer()).isFalse();
        assertThat(over("<iq type='set' id='n12'/>").isAnswer()).isFalse();
        assertThat(over("<message type='error'/>").isAnswer()).isFalse();
        assertThat(over("<iq id='n12' type='result'/>").isAnswer()).isTrue();
        assertThat(over("<iq id='n12' type='error'/>").isAnswer()).isTrue();
    }

    @Test
    void aWrittenPublishIsReadBack() {
        byte[] publish = Wire.publish("s", "a@b/c", 5, "00:11:22:33:44:55", 9_999, 3);
        StanzaBytes stanza = new StanzaBytes().at(publish, 0, publish.length);
        assertThat(stanza.idNumber()).isEqualTo(5);
        assertThat(stanza.itemNumber()).isEqualTo(9_999);
        assertThat(stanza.word(Wire.WORDS)).isEqualTo(3);
    }

    /** In the middle of others, as it lies in a buffer. */
    private static StanzaBytes over(String stanza) {
        byte[] buffer = Wire.bytes("<iq id='n8'/>" + stanza + "<item id='PJSIP/7'><state>INUSE</state></item>");
        int from = "<iq id='n8'/>".length();
        return new StanzaBytes().at(buffer, from, from + Wire.bytes(stanza).length);
    }

    private static String stateOf(String stanza) {
        return Wire.STATES[over(stanza).word(Wire.WORDS)];
    }
}
