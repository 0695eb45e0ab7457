package org.trustpaybridge.command.map;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.Shown;
import org.trustpaybridge.command.console.Styled;
import org.trustpaybridge.command.console.Table;
import picocli.CommandLine.Help.ColorScheme;

/** Shows how the tests of a mapping ended: for people, as JSON, and as JUnit has it. */
final class TestReport {

    private final String mapping;
    private final List<TestCase> cases;

    TestReport(String mapping, List<TestCase> cases) {
        this.mapping = mapping;
        this.cases = cases;
    }

    void print(PrintWriter out, ColorScheme colors) {
        for (TestCase each : cases) {
            out.println(Shown.plain(each.name()) + ": " + (each.good() ? new Styled("green", "as expected") : new Styled("red", "differs"))
                .in(colors));
            if (!each.good()) {
                Table table = new Table(colors, "FIELD", "", "VALUE");
                each.differences().forEach(difference -> {
                    table.row(difference.field(), "expected", difference.expected());
                    table.row("", "found", difference.found());
                });
                table.print(out);
                out.println();
            }
        }
        long failed = failed();
        out.println(mapping + ": " + cases.size() + (cases.size() == 1 ? " event, " : " events, ") + (cases.size() - failed)
            + " as expected, " + failed + (failed == 1 ? " differs" : " differ"));
        out.flush();
    }

    void printJson(PrintWriter out) {
        for (TestCase each : cases) {
            ObjectNode line = JsonOption.object().put("name", each.name()).put("result", each.good() ? "as-expected" : "differs");
            ArrayNode differences = line.putArray("differences");
            each.differences().forEach(difference -> differences.addObject().put("field", difference.field())
                .put("expected", difference.expected()).put("found", difference.found()));
            JsonOption.printLine(out, line);
        }
        out.flush();
    }

    /** @throws CommandFailedException when the file cannot be written */
    void writeJUnit(Path file) {
        createFolder(file.toAbsolutePath().getParent(), file);
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            attribute(xml, "name", mapping);
            attribute(xml, "tests", Integer.toString(cases.size()));
            attribute(xml, "failures", Long.toString(failed()));
            attribute(xml, "errors", "0");
            attribute(xml, "skipped", "0");
            for (TestCase each : cases) {
                write(xml, each);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (IOException | XMLStreamException e) {
            throw new CommandFailedException("The file " + file + " cannot be written.");
        }
    }

    private static void createFolder(Path folder, Path file) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandFailedException("The folder of " + file + " cannot be created.");
        }
    }

    private void write(XMLStreamWriter xml, TestCase each) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", mapping);
        attribute(xml, "name", each.name());
        if (!each.good()) {
            xml.writeStartElement("failure");
            attribute(xml, "message", each.differences().stream().map(TestCase.Difference::field).collect(Collectors.joining(", ")));
            xml.writeCharacters(legal(each.differences().stream().map(difference -> difference.field() + ": expected "
                + difference.expected() + ", found " + difference.found()).collect(Collectors.joining("\n"))));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    /** XML takes no control characters but line breaks and tabs, not even escaped. */
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "?");
    }

    private long failed() {
        return cases.stream().filter(each -> !each.good()).count();
    }
}
