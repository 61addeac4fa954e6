package io.segue.kernel.core.osgi;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps the bundles of generations apart from everything else in the framework: no bundle and no
 * fragment is wired to one of them, whoever installed it, so the closure of a generation that
 * retires holds nothing but itself. And the kernel may install a bundle whose name and version are
 * there already with other bytes: an artifact that was fixed before it ever ran.
 */
final class Isolation implements ResolverHookFactory, ResolverHook, CollisionHook, AutoCloseable {
  private final BundleContext context;
  private final ServiceRegistration<?> registration;

  private Isolation(BundleContext context) {
    this.context = context;
    this.registration =
        context.registerService(
            new String[] {ResolverHookFactory.class.getName(), CollisionHook.class.getName()},
            this,
            null);
  }

  static Isolation start(BundleContext context) {
    return new Isolation(context);
  }

  @Override
  public ResolverHook begin(Collection<BundleRevision> triggers) {
    return this;
  }

  @Override
  public void filterMatches(
      BundleRequirement requirement, Collection<BundleCapability> candidates) {
    candidates.removeIf(
        candidate ->
            OsgiBundleSpace.isOfGeneration(candidate.getRevision().getBundle())
                && !candidate.getRevision().equals(requirement.getRevision()));
  }

  @Override
  public void filterResolvable(Collection<BundleRevision> candidates) {}

  @Override
  public void filterSingletonCollisions(
      BundleCapability singleton, Collection<BundleCapability> collisions) {}

  @Override
  public void end() {}

  @Override
  public void filterCollisions(int operation, Bundle target, Collection<Bundle> collisions) {
    if (operation == CollisionHook.INSTALLING && target.equals(context.getBundle())) {
      collisions.clear();
    }
  }

  @Override
  public void close() {
    registration.unregister();
  }
}
