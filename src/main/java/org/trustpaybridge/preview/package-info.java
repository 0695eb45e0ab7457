/** {@code map}: shows what events would become. */
package org.trustpaybridge.preview;
