package org.trustpaybridge.kafka;

/** A setting of Camel's or Kafka's cannot be used. The message begins with its key, says all there is to say, and has no secret. */
public final class RefusedSettingException extends IllegalArgumentException {

    RefusedSettingException(String key, String problem) {
        super(key + ": " + problem);
    }
}
