package io.github.ticketsim.report.file;

import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes elements, attributes and text, each escaped. What XML cannot hold is replaced, so that a
 * page is well-formed whatever a server said.
 */
final class Markup {

  /** What is written between the tags of an element. */
  @FunctionalInterface
  interface Content {

    /** Writes it. */
    void write();
  }

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int REPLACEMENT = 0xFFFD;
  private static final int FIRST_NONCHARACTER = 0xFFFE;

  private final XMLStreamWriter out;

  /**
   * @throws IllegalStateException if {@code target} cannot be written, here and in all methods
   */
  Markup(Writer target) {
    try {
      out = XMLOutputFactory.newFactory().createXMLStreamWriter(target);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first line of XML. */
  void declareXml() {
    write(() -> out.writeStartDocument("UTF-8", "1.0"));
  }

  /** The first line of HTML. */
  void declareHtml() {
    write(() -> out.writeDTD("<!DOCTYPE html>"));
  }

  /**
   * An element.
   *
   * @param attributes names and values in turn
   */
  void element(String name, Content content, String... attributes) {
    write(
        () -> {
          out.writeStartElement(name);
          attributes(attributes);
        });
    content.write();
    write(out::writeEndElement);
  }

  /** An element that holds text alone. */
  void leaf(String name, String text, String... attributes) {
    element(name, () -> text(text), attributes);
  }

  /** An element that holds nothing. */
  void empty(String name, String... attributes) {
    write(
        () -> {
          out.writeEmptyElement(name);
          attributes(attributes);
        });
  }

  /** Text. */
  void text(String text) {
    write(() -> out.writeCharacters(legal(text)));
  }

  /** Ends the document. */
  void close() {
    write(
        () -> {
          out.writeCharacters("\n");
          out.writeEndDocument();
          out.flush();
        });
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (var i = 0; i < attributes.length; i += 2) {
      out.writeAttribute(attributes[i], legal(attributes[i + 1]));
    }
  }

  private static String legal(String text) {
    var legal = new StringBuilder(text.length());
    text.codePoints()
        .map(each -> each == '\n' || each == '\t' || isLegal(each) ? each : REPLACEMENT)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }

  private static boolean isLegal(int codePoint) {
    return codePoint >= FIRST_PRINTABLE
        && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
        && codePoint != FIRST_NONCHARACTER
        && codePoint != FIRST_NONCHARACTER + 1;
  }

  private interface XmlCall {
    void run() throws XMLStreamException;
  }

  private static void write(XmlCall step) {
    try {
      step.run();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }
}
