// SPDX-License-Identifier: Apache-2.0
package tigase.xml;

import java.util.List;
import java.util.Map;

public class Element {

    public Element(String argName, String argCData, String[] att_names, String[] att_values) {
        throw new UnsupportedOperationException();
    }

    public Element(Element element) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Element clone() {
        throw new UnsupportedOperationException();
    }

    public void toString(StringBuilder result) {
        throw new UnsupportedOperationException();
    }

    public void addChildren(List<Element> children) {
        throw new UnsupportedOperationException();
    }

    public String getAttributeStaticStr(String attName) {
        throw new UnsupportedOperationException();
    }

    public Map<String, String> getAttributes() {
        throw new UnsupportedOperationException();
    }

    public String getCData() {
        throw new UnsupportedOperationException();
    }

    public Element getChild(String name, String child_xmlns) {
        throw new UnsupportedOperationException();
    }

    public List<Element> getChildren() {
        throw new UnsupportedOperationException();
    }

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public String getXMLNS() {
        throw new UnsupportedOperationException();
    }
}
