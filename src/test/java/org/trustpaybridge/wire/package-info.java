/** The bridge on a real broker and real HTTP, in one JVM: what goes in, what goes over the wire, what comes out. */
package org.trustpaybridge.wire;
