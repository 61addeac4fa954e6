package io.segue.bundles.rpc.call;

import java.util.OptionalLong;

/** The parameters of a call. An absent one has its type's default: empty, 0, false. */
public interface CallParams {
  /** Whether a parameter is there, of whatever type, and not null. */
  boolean has(String name);

  /** A text. */
  String text(String name) throws RpcException;

  /** A 64-bit number. */
  OptionalLong number(String name) throws RpcException;

  /** A truth value. */
  boolean flag(String name) throws RpcException;

  /** Bytes, base64 in JSON. */
  byte[] base64(String name) throws RpcException;

  /** Bytes, hex in JSON. */
  byte[] hex(String name) throws RpcException;
}
