package org.trustpaybridge.kafka;

/** A setting of Camel's or Kafka's cannot be used. The message begins with its key, says all there is to say, and has no secret. */
public final class RefusedSettingException extends IllegalArgumentException {

    private final String key;
    private final String problem;

    RefusedSettingException(String key, String problem) {
        super(key + ": " + problem);
        this.key = key;
        this.problem = problem;
    }

    /** @return the setting */
    public String key() {
        return key;
    }

    /** @return what is wrong with it */
    public String problem() {
        return problem;
    }
}
