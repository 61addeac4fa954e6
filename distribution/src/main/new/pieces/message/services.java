__indent__.message(Msg__Method__.getDefaultInstance())
__indent__.handle(__self__::__method__)
