export * from '@watchledger/usecases/testing/store-kinds';
