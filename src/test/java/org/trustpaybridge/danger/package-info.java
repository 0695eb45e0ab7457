/** What kills a bridge in production, done on purpose to the packaged one. */
package org.trustpaybridge.danger;
