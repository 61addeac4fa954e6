package io.segue.bundles.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param type of the body
 * @param height that was read; empty where none was
 */
record RestAnswer(int status, String type, byte[] body, Optional<Long> height) {
  static final String JSON = "application/json";

  private static final JsonFactory FACTORY = new JsonFactory();

  static RestAnswer of(String type, byte[] body, long height) {
    return new RestAnswer(200, type, body, Optional.of(height));
  }

  /** A failure as the gateway of the Cosmos SDK tells it: {@code code}, message, details. */
  static RestAnswer refused(QueryException failure) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(body)) {
      out.writeStartObject();
      out.writeNumberField("code", failure.status().code());
      out.writeStringField("message", String.valueOf(failure.getMessage()));
      out.writeArrayFieldStart("details");
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RestAnswer(httpStatus(failure.status()), JSON, body.toByteArray(), Optional.empty());
  }

  RestAnswer at(long read) {
    return new RestAnswer(status, type, body, Optional.of(read));
  }

  private static int httpStatus(Status status) {
    return switch (status) {
      case InvalidArgument, FailedPrecondition -> 400;
      case Unauthenticated -> 401;
      case NotFound -> 404;
      case Unknown, Internal -> 500;
      case Unimplemented -> 501;
      case Unavailable -> 503;
    };
  }
}
