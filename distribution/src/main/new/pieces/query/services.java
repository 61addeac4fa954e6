__indent__.query(
__indent__    Query__Method__Request.getDefaultInstance(),
__indent__    Query__Method__Response.getDefaultInstance(),
__indent__    __self__::__method__)
