/**
 * The bridge's MBean: what an operator sees of the engine and how it is steered. It renders conditions and passes orders of the operator
 * on.
 */
package org.trustpaybridge.observe.jmx;
