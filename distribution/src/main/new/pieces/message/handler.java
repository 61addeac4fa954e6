  /** Changes the state; what it throws undoes all of it. */
  private __static__void __method__(Context context, Msg__Method__ message) {
    context.emit(Event.of("__snake_method__", "__signer__", message.get__Signer__()));
  }
