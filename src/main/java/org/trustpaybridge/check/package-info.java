/** What {@code check} looks at before the first order. Nothing here writes, commits or creates anything. */
package org.trustpaybridge.check;
