namespace MlNetRecurrent.Engine.Training;

/// <summary>How the learning rate changes during a training.</summary>
internal enum RateSchedule
{
    Constant,
    Cosine,
    OneCycle,
    HalveOnPlateau,
}

/// <summary>The schedules as functions of the progress of a training.</summary>
internal static class LearningRateCourses
{
    /// <summary>
    /// The part of the training in which the rate of <see cref="RateSchedule.OneCycle"/> rises, and its first and last values.
    /// </summary>
    private const double Rise = 0.3, Beginning = 1.0 / 25, End = Beginning / 1e4;

    /// <summary>
    /// The factor of the largest learning rate. <see cref="RateSchedule.Cosine"/> falls as half a cosine from 1 to 0 (Loshchilov and Hutter
    /// 2016, without restarts); <see cref="RateSchedule.OneCycle"/> rises to 1 and falls to almost 0 (Smith and Topin 2017), along cosines,
    /// with the constants of PyTorch.
    /// </summary>
    /// <param name="course">The schedule. <see cref="RateSchedule.HalveOnPlateau"/> depends on the losses, not on the progress.</param>
    /// <param name="done">The progress of the training, in 0..1.</param>
    public static double Factor(this RateSchedule course, double done) => course switch
    {
        RateSchedule.Constant or RateSchedule.HalveOnPlateau => 1,
        RateSchedule.Cosine => Between(1, 0, done),
        RateSchedule.OneCycle => done < Rise ? Between(Beginning, 1, done / Rise) : Between(1, End, (done - Rise) / (1 - Rise)),
        _ => throw new ArgumentOutOfRangeException(nameof(course), course, "There is no such course."),
    };

    /// <summary>From one value to another, along half a cosine.</summary>
    private static double Between(double from, double to, double part) => to + (from - to) * (1 + Math.Cos(Math.PI * part)) / 2;
}
