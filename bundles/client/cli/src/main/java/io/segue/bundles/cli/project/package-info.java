/** Makes the projects in which builders write modules and upgrades. */
package io.segue.bundles.cli.project;
