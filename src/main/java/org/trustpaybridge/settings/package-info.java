/** What an operator can set, where it is read from, and what is refused. */
package org.trustpaybridge.settings;
