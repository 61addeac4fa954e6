package io.segue.bundles.rest;

import java.util.Optional;

/**
 * A request.
 *
 * @param method such as {@code GET}
 * @param path as it was sent, percent-encoded
 * @param query what follows the question mark, as it was sent
 * @param height the header that asks for a height
 */
record RestRequest(
    String method, String path, String query, Optional<String> height, byte[] body) {}
