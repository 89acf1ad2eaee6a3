package sample;

class Unmarked {

}
