package io.segue.bundles.shell;

import java.util.Arrays;
import java.util.Optional;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Lets Gogo commands take bundles: by their number, or by a symbolic name that only one has.
 * Felix's own commands rely on such a converter and bring none.
 */
@Component(property = Converter.CONVERTER_CLASSES + "=org.osgi.framework.Bundle")
public final class BundleConverter implements Converter {
  private final BundleContext context;

  @Activate
  public BundleConverter(BundleContext context) {
    this.context = context;
  }

  @Override
  public @Nullable Object convert(Class<?> desiredType, Object in) {
    if (desiredType != Bundle.class || !(in instanceof CharSequence)) {
      return null;
    }
    String text = in.toString();
    if (text.matches("[0-9]{1,18}")) {
      return context.getBundle(Long.parseLong(text));
    }
    Bundle[] named =
        Arrays.stream(context.getBundles())
            .filter(bundle -> text.equals(bundle.getSymbolicName()))
            .toArray(Bundle[]::new);
    return named.length == 1 ? named[0] : null;
  }

  @Override
  public @Nullable CharSequence format(Object target, int level, Converter escape) {
    return Optional.of(target)
        .filter(Bundle.class::isInstance)
        .map(Bundle.class::cast)
        .map(b -> b.getSymbolicName() + " " + b.getVersion() + " [" + b.getBundleId() + "]")
        .orElse(null);
  }
}
