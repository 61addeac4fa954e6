  /** Reads the state, and changes nothing. */
  private __static__Query__Method__Response __method__(Context context, Query__Method__Request request) {
    return Query__Method__Response.newBuilder().setText(request.getText()).build();
  }
