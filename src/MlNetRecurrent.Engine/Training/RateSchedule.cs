namespace MlNetRecurrent.Engine.Training;

/// <summary>How the learning rate changes in the course of a training.</summary>
internal enum RateSchedule
{
    Constant,
    Cosine,
    OneCycle,
    HalveOnPlateau,
}

/// <summary>The courses as functions of the part of the training that is done.</summary>
internal static class LearningRateCourses
{
    /// <summary>
    /// The part of the training in which the rate of <see cref="RateSchedule.OneCycle"/> rises, what it begins with, and what it ends with.
    /// </summary>
    private const double Rise = 0.3, Beginning = 1.0 / 25, End = Beginning / 1e4;

    /// <summary>
    /// The factor of the largest learning rate. <see cref="RateSchedule.Cosine"/> falls as half a cosine from 1 to 0 (Loshchilov and Hutter
    /// 2016, without restarts); <see cref="RateSchedule.OneCycle"/> rises to 1 and falls to almost 0 (Smith and Topin 2017), along cosines,
    /// with the constants of PyTorch.
    /// </summary>
    /// <param name="course">The course. That of <see cref="RateSchedule.HalveOnPlateau"/> depends on how the training goes, not on how much
    /// of it is done.</param>
    /// <param name="done">The part of the training that is done, in 0..1.</param>
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
