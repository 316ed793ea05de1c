using System.Numerics.Tensors;

namespace SpokenDigits;

/// <summary>What needs no network.</summary>
public static class Baseline
{
    /// <summary>The frames that words of any length are brought to.</summary>
    private const int Frames = 20;

    /// <summary>The accuracy of whoever always says the digit that is most frequent in the training.</summary>
    public static double MostFrequent(IEnumerable<DigitModel.ModelInput> training, IEnumerable<DigitModel.ModelInput> test)
    {
        string digit = training.CountBy(word => word.Digit).MaxBy(count => count.Value).Key;
        return test.Average(word => word.Digit == digit ? 1.0 : 0);
    }

    /// <summary>
    /// The accuracy of answering with the digit of the training word that sounds most alike, all words brought to the same length.
    /// </summary>
    public static double NearestNeighbour(IEnumerable<DigitModel.ModelInput> training, IEnumerable<DigitModel.ModelInput> test)
    {
        (string Digit, float[] Frames)[] known = [.. training.Select(word => (word.Digit, Stretch(word.Frames)))];
        return test.Average(word =>
        {
            float[] frames = Stretch(word.Frames);
            return known.MinBy(other => TensorPrimitives.Distance(frames, other.Frames)).Digit == word.Digit ? 1.0 : 0;
        });
    }

    /// <summary>The mean of each band within each of as many parts of the word; of a short word, frames are taken several times.</summary>
    private static float[] Stretch(float[] word)
    {
        int length = word.Length / LogMel.Bands;
        var stretched = new float[Frames * LogMel.Bands];
        for (int frame = 0; frame < Frames; frame++)
        {
            int from = frame * length / Frames, to = Math.Max(from + 1, (frame + 1) * length / Frames);
            Span<float> mean = stretched.AsSpan(frame * LogMel.Bands, LogMel.Bands);
            for (int t = from; t < to; t++)
                TensorPrimitives.Add(mean, word.AsSpan(t * LogMel.Bands, LogMel.Bands), mean);
            TensorPrimitives.Divide(mean, to - from, mean);
        }
        return stretched;
    }
}
