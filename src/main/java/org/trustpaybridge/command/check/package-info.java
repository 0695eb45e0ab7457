/**
 * {@code check}: what is looked at before the first order. Nothing here writes, commits or creates anything; what can be mended belongs
 * to {@code topics}.
 */
package org.trustpaybridge.command.check;
