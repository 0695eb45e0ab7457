package org.trustpaybridge.settings;

import java.util.Objects;

/**
 * A value that must not be shown. Only {@link #reveal()} gives it away, so that every place that needs it can be found.
 */
public final class Secret {

    private final String value;

    /** @param value the value to keep; not null */
    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** @return the value itself */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
