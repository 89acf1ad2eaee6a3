package sample;

class Unformatted {

  int  number;

}
