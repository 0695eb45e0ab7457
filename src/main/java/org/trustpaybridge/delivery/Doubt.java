package org.trustpaybridge.delivery;

/**
 * Records of a partition that may have been done by somebody before: nothing was committed, or it could not be trusted. Each of them is
 * held against what was published.
 *
 * @param until offset after the last of them
 * @param told  whether an operator said where to begin, so that what is found nowhere counts as new
 */
public record Doubt(long until, boolean told) {
}
