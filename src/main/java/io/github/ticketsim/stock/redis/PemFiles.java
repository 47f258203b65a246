package io.github.ticketsim.stock.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads certificates and private keys in PEM, as OpenSSL writes them. */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN (?:(RSA|EC|ENCRYPTED) )?PRIVATE KEY-----\\s*([^-]*)-----END", Pattern.DOTALL);
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 4;

  private PemFiles() {}

  /**
   * All certificates in {@code file}, at least one.
   *
   * @throws IllegalArgumentException when there is none; the message names the file
   */
  static List<X509Certificate> certificates(Path file) {
    try {
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException _) {
      // What it says is the same, and its own words tell of ASN.1.
    }
    throw new IllegalArgumentException(file + " holds no certificate in PEM");
  }

  /**
   * The private key in {@code file}, which must be that of {@code certificate}.
   *
   * @throws IllegalArgumentException when it is not; the message names the file
   */
  static PrivateKey key(Path file, X509Certificate certificate) {
    var found = KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new IllegalArgumentException(file + " holds no private key in PEM");
    }
    if ("ENCRYPTED".equals(found.group(1))) {
      throw new IllegalArgumentException(
          file + " is encrypted; write it plainly with `openssl pkcs8 -topk8 -nocrypt`");
    }
    var theirs = certificate.getPublicKey();
    try {
      var bytes = Base64.getMimeDecoder().decode(found.group(2));
      var encoded = found.group(1) == null ? bytes : wrapped(bytes, theirs);
      var key =
          KeyFactory.getInstance(theirs.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (fit(key, theirs)) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // No key of that kind; said below.
    }
    throw new IllegalArgumentException(file + " is not the key of the certificate");
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + " does not exist", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Older forms lack the algorithm, which stands with its curve in the public key too (PKCS#8). */
  private static byte[] wrapped(byte[] key, PublicKey theirs) {
    var algorithm = firstOf(theirs.getEncoded());
    return tagged(SEQUENCE, VERSION_0, algorithm, tagged(OCTETS, key));
  }

  /** The first element of a sequence in DER, itself shorter than 128 bytes. */
  private static byte[] firstOf(byte[] sequence) {
    var content = sequence[1] >= 0 ? 2 : 2 + (sequence[1] & 0x7f);
    var first = new byte[2 + sequence[content + 1]];
    System.arraycopy(sequence, content, first, 0, first.length);
    return first;
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    var length = 0;
    for (var part : parts) {
      length += part.length;
    }
    // A length of four bytes, which any length fits into.
    var whole = ByteBuffer.allocate(6 + length).put((byte) tag).put((byte) 0x84).putInt(length);
    for (var part : parts) {
      whole.put(part);
    }
    return whole.array();
  }

  private static boolean fit(PrivateKey key, PublicKey theirs) throws GeneralSecurityException {
    var algorithm =
        switch (theirs.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case String other -> other;
        };
    var signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(VERSION_0);
    var signature = signer.sign();
    signer.initVerify(theirs);
    signer.update(VERSION_0);
    return signer.verify(signature);
  }
}
