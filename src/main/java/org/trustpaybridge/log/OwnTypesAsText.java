package org.trustpaybridge.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import net.logstash.logback.decorate.JsonFactoryDecorator;

/**
 * Writes the bridge's own types into JSON log lines as their text, as the lines for people do. By itself the encoder would take them apart
 * member by member: an order id would become an object, and a secret would be written out.
 */
public final class OwnTypesAsText implements JsonFactoryDecorator {

    private static final String OWN = "org.trustpaybridge.";

    @Override
    public JsonFactory decorate(JsonFactory factory) {
        // Invisible characters and those that turn the direction of writing may not steer a terminal that shows such a line.
        factory.configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);
        factory.setCharacterEscapes(new Delete());
        ((ObjectMapper) factory.getCodec()).registerModule(new SimpleModule("own-types-as-text").setSerializerModifier(new AsText()));
        return factory;
    }

    /** The one control character of ASCII that JSON need not escape. */
    private static final class Delete extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[0x7F] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int point) {
            return null;
        }
    }

    private static final class AsText extends BeanSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifySerializer(SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
            return bean.getBeanClass().getName().startsWith(OWN) ? ToStringSerializer.instance : serializer;
        }
    }
}
