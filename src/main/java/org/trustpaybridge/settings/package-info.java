/** What an operator can set, where it is read from, and what is refused. What a value means for the work is known by whoever gets it. */
package org.trustpaybridge.settings;
