/** The sidecar {@code exec}: lets a program of the operator's bring an upgrade's artifact. */
@NullMarked
package io.segue.bundles.sidecar.exec;

import org.jspecify.annotations.NullMarked;
