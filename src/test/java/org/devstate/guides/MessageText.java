// SPDX-License-Identifier: Apache-2.0
package org.devstate.guides;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The constant parts of an expression that makes a text, with {@code …} in place of the others.
 *
 * @param type the class whose constants have no qualifier
 * @param constants the texts of constants, as {@code Class.NAME}
 * @param variables the values of the local variables that have one
 */
record MessageText(String type, Map<String, String> constants, Map<String, ExpressionTree> variables) {

    static final String ANY = "…";

    /** Returns the text; one for each alternative of a choice that is the whole expression, or a variable in it. */
    List<String> of(ExpressionTree tree) {
        return tree instanceof ConditionalExpressionTree choice
                ? Stream.of(choice.getTrueExpression(), choice.getFalseExpression())
                        .flatMap(each -> of(each).stream())
                        .toList()
                : parts(tree).stream()
                        .map(text -> text.replaceAll(ANY + "+", ANY)
                                .replaceAll("\\s+", " ")
                                .strip())
                        .toList();
    }

    private List<String> parts(ExpressionTree tree) {
        if (tree instanceof LiteralTree literal && literal.getValue() != null) {
            return List.of(literal.getValue().toString());
        }
        if (tree instanceof ParenthesizedTree inner) {
            return parts(inner.getExpression());
        }
        if (tree instanceof BinaryTree sum && tree.getKind() == Tree.Kind.PLUS) {
            List<String> right = parts(sum.getRightOperand());
            return parts(sum.getLeftOperand()).stream()
                    .flatMap(left -> right.stream().map(left::concat))
                    .toList();
        }
        if (tree instanceof IdentifierTree) {
            ExpressionTree value = variables.get(tree.toString());
            return value == null ? constant(type + "." + tree) : variable(value);
        }
        return tree instanceof MemberSelectTree ? constant(tree.toString()) : List.of(ANY);
    }

    private List<String> variable(ExpressionTree value) {
        return value instanceof ConditionalExpressionTree choice
                ? Stream.of(choice.getTrueExpression(), choice.getFalseExpression())
                        .flatMap(each -> parts(each).stream())
                        .toList()
                : parts(value);
    }

    private List<String> constant(String name) {
        return List.of(constants.getOrDefault(name, ANY));
    }
}
