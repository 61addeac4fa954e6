/** What the builds of bundles have in common beyond bnd: Maven's, and that of a node's sidecar. */
package io.segue.bundles.bnd;
