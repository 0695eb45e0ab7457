/**
 * Files with secrets in them, which are read again while the bridge runs: keys, passwords, tokens, and stores of certificates. What a
 * secret is for does not belong here.
 */
package org.trustpaybridge.secrets;
