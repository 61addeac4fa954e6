/** How commands read and print: exit by exception, text or JSON, progress, waiting, files. */
@NullMarked
package io.segue.bundles.cli.console;

import org.jspecify.annotations.NullMarked;
