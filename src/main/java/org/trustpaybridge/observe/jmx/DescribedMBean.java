package org.trustpaybridge.observe.jmx;

import java.util.Optional;

import javax.management.Descriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;

/** An MXBean that says in JMX what its interface says in {@link Description}; Java's own leaves a placeholder there. */
final class DescribedMBean extends StandardMBean {

    <T> DescribedMBean(T implementation, Class<T> type) {
        super(implementation, type, true);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return described(info.getDescriptor()).orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected String getDescription(MBeanFeatureInfo info) {
        return described(info.getDescriptor()).orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return getDescription((MBeanFeatureInfo) info);
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return getDescription((MBeanFeatureInfo) info);
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return getDescription(parameter);
    }

    /** Every operation of the bridge does something; a tool may warn before it calls one. */
    @Override
    protected int getImpact(MBeanOperationInfo info) {
        return MBeanOperationInfo.ACTION;
    }

    private static Optional<String> described(Descriptor descriptor) {
        return Optional.ofNullable((String) descriptor.getFieldValue(Description.FIELD));
    }
}
