/** Programs that measure what the documentation claims; run by hand, not by the build. */
package org.trustpaybridge.measure;
