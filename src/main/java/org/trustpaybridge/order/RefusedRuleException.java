package org.trustpaybridge.order;

/**
 * A rule for the mapping of orders cannot be as it was given. The message is the name of its component and the problem; it holds no URL.
 */
public final class RefusedRuleException extends IllegalArgumentException {

    private final String problem;

    RefusedRuleException(String component, String problem) {
        super(component + ": " + problem);
        this.problem = problem;
    }

    /** @return what was found and what was expected */
    public String problem() {
        return problem;
    }
}
