package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.testing.Xml;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StanzaLengthTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "<a/>, 1",
        "<abc>de</abc>, 5",
        "<a><b><c>def</c></b></a>, 6",
        "<a><b>12</b><cd/><e>3</e></a>, 8",
        "<a><b><c/><d>1</d></b><e><f>2</f><g/></e></a>, 9",
        "<a><b/><b/><b/><b/></a>, 5",
    })
    void allNamesAndTextsCountAndNoMore(String xml, int length) {
        XmlElement stanza = Xml.parse(xml);
        for (int most = 0; most < 20; most++) {
            assertThat(StanzaLength.exceeds(stanza, most)).as("most %d", most).isEqualTo(length > most);
        }
    }

    @ParameterizedTest
    @CsvSource({"<a bc='def'/>, 6", "<a><b/><c de='f'/></a>, 6"})
    void attributesCountWithTheirNames(String xml, int length) {
        XmlElement stanza = Xml.parse(xml);
        assertThat(StanzaLength.exceeds(stanza, length)).isFalse();
        assertThat(StanzaLength.exceeds(stanza, length - 1)).isTrue();
    }
}
