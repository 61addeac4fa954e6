package io.segue.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** A validator's key, and the proof that it signed two blocks in one round. */
final class DoubleVote {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEY_BYTES = 32;
  private static final int ADDRESS_BYTES = 20;
  private static final int PREVOTE = 1;

  private final KeyPair keys;

  DoubleVote() throws GeneralSecurityException {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  /** The validator's public key. */
  byte[] publicKey() {
    byte[] encoded = keys.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
  }

  /** As CometBFT writes addresses. */
  String address() throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicKey());
    return HexFormat.of().withUpperCase().formatHex(hash, 0, ADDRESS_BYTES);
  }

  /**
   * What {@code broadcast_evidence} takes.
   *
   * @param time of the block at {@code height}
   * @param power of the validator at {@code height}
   */
  JsonNode evidence(String chainId, long height, String time, long power, long totalPower)
      throws GeneralSecurityException, IOException {
    ObjectNode value = JSON.createObjectNode();
    value.set("vote_a", vote(chainId, height, time, 1));
    value.set("vote_b", vote(chainId, height, time, 2));
    value.put("TotalVotingPower", Long.toString(totalPower));
    value.put("ValidatorPower", Long.toString(power));
    value.put("Timestamp", time);
    ObjectNode evidence = JSON.createObjectNode();
    evidence.put("type", "tendermint/DuplicateVoteEvidence").set("value", value);
    return evidence;
  }

  private ObjectNode vote(String chainId, long height, String time, int block)
      throws GeneralSecurityException, IOException {
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) block);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(signed(chainId, height, Instant.parse(time), hash));
    String hex = HexFormat.of().withUpperCase().formatHex(hash);
    ObjectNode vote = JSON.createObjectNode();
    vote.put("type", PREVOTE).put("height", Long.toString(height)).put("round", 0);
    vote.putObject("block_id").put("hash", hex).putObject("parts").put("total", 1).put("hash", hex);
    vote.put("timestamp", time).put("validator_address", address()).put("validator_index", 0);
    vote.put("signature", signature.sign());
    return vote;
  }

  /** CometBFT's CanonicalVote, with its length before it. */
  private static byte[] signed(String chainId, long height, Instant time, byte[] hash)
      throws IOException {
    byte[] parts =
        message(
            out -> {
              out.writeUInt32(1, 1);
              out.writeBytes(2, ByteString.copyFrom(hash));
            });
    byte[] blockId =
        message(
            out -> {
              out.writeBytes(1, ByteString.copyFrom(hash));
              out.writeByteArray(2, parts);
            });
    byte[] timestamp =
        message(
            out -> {
              out.writeInt64(1, time.getEpochSecond());
              if (time.getNano() != 0) {
                out.writeInt32(2, time.getNano());
              }
            });
    byte[] vote =
        message(
            out -> {
              out.writeEnum(1, PREVOTE);
              out.writeSFixed64(2, height);
              out.writeByteArray(4, blockId);
              out.writeByteArray(5, timestamp);
              out.writeString(6, chainId);
            });
    return message(
        out -> {
          out.writeUInt32NoTag(vote.length);
          out.writeRawBytes(vote);
        });
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}
