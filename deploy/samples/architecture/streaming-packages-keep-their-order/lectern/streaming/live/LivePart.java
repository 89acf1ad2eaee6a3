package lectern.streaming.live;

public class LivePart {

}
