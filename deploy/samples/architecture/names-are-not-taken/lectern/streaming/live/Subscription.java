package lectern.streaming.live;

public class Subscription {

}
