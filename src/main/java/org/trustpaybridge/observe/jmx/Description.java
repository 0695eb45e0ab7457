package org.trustpaybridge.observe.jmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import javax.management.DescriptorKey;

/** What JMX tools and the documentation say of an MBean, of an attribute (on its getter), or of an operation. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface Description {

    /** Name of the field of the descriptor in which JMX keeps it. */
    String FIELD = "description";

    /** @return one or two sentences, without a full stop at the end when it is one */
    @DescriptorKey(FIELD)
    String value();
}
