namespace MlNetRecurrent;

/// <content>Options of sequence taggers.</content>
public sealed partial class RecurrentOptions
{
    /// <summary>
    /// Whether a sequence tagger ends in a conditional random field (CRF), which predicts the labels of a sequence together. Only for
    /// <c>MulticlassClassification.SequenceTagger</c>. Default: <see langword="false"/>; each label is predicted by itself.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A linear-chain CRF (Lafferty et al., 2001) on a recurrent network (Huang et al., 2015; Lample et al., 2016) learns a score for each
    /// pair of adjacent labels, and for the first and the last label. <c>PredictedLabel</c> is the best sequence of labels, found by the
    /// Viterbi algorithm. <c>Score</c> is the marginal probability of each label at each step. The predicted label may not be the most
    /// probable one at its step. The loss is the negative log-likelihood of a sequence, divided by its number of labels. Where labels are
    /// missing, the likelihood is summed over all label sequences that agree with the known labels.
    /// </para>
    /// <para>
    /// A CRF reads whole sequences: <see cref="TruncatedBpttSteps"/> must be 0. <see cref="LabelSmoothing"/> must be 0, too, and
    /// <see cref="BalanceClasses"/> must be <see langword="false"/>.
    /// </para>
    /// </remarks>
    public bool UseCrf { get; set; }

    /// <summary>
    /// The scheme of the labels of a CRF: sequences of labels that it forbids are never predicted. It is an error if the training data has
    /// such a sequence. Only for <c>MulticlassClassification.SequenceTagger</c> with <see cref="UseCrf"/>. Default:
    /// <see cref="TagScheme.None"/>.
    /// </summary>
    /// <remarks>The keys of the label column must have values, which are the names of the labels.</remarks>
    public TagScheme TagScheme { get; set; }

    /// <summary>
    /// The number n of best label sequences that a CRF predicts, in two additional columns. Only for
    /// <c>MulticlassClassification.SequenceTagger</c> with <see cref="UseCrf"/>. Between 0 and 1000. Default: 0, no such columns.
    /// </summary>
    /// <remarks>
    /// <para>
    /// <c>Alternatives</c> is a vector of keys: the best sequence, with one label per step, then the second best, and so on. The first one
    /// is <c>PredictedLabel</c>. <c>AlternativeProbabilities</c> is a vector of <see cref="float"/>: the probability of each sequence, in
    /// falling order. A row has fewer than n sequences if no more are possible. No sequence violates <see cref="TagScheme"/>.
    /// </para>
    /// <para>
    /// The sequences are found by the list Viterbi algorithm (Seshadri and Sundberg, 1994), whose time grows with n. Training does not
    /// depend on this option.
    /// </para>
    /// </remarks>
    public int NumberOfAlternatives { get; set; }
}
